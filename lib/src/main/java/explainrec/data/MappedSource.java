package explainrec.data;

import java.nio.file.Path;
import java.util.List;

/** What sources have in common that read a file's columns by a {@link Mapping}. */
abstract class MappedSource implements ReviewSource {
  final Path file;
  final Mapping mapping; // every aspect written out

  MappedSource(Path file, Mapping mapping) {
    this.file = file;
    this.mapping = mapping;
  }

  @Override
  public String name() {
    return mapping.name();
  }

  @Override
  public List<String> aspects() {
    return mapping.aspects().stream().map(Mapping.Aspect::name).toList();
  }

  @Override
  public Scale overallScale() {
    return mapping.overallScale();
  }

  @Override
  public List<Scale> aspectScales() {
    return mapping.aspects().stream().map(Mapping.Aspect::scale).toList();
  }

  @Override
  public String fingerprint() {
    return new Digest().add(mapping.toString()).add(file).hex();
  }
}
