package explainrec.run;

import ai.djl.engine.Engine;
import explainrec.data.Review;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Which code made a number. */
public final class Versions {
  /** The rooms whose code a run's numbers come from. */
  private static final List<String> ROOMS =
      List.of("data", "text", "nn", "t5", "elixir", "backbones", "mmi", "metrics", "run");

  private Versions() {}

  /**
   * Versions of the kit, of Java and of the libraries that compute.
   *
   * @return name to version
   */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("explainrec-kit", kit());
    versions.put("java", System.getProperty("java.version"));
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", Engine.getInstance().getVersion());
    versions.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  private static String kit() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "in development" : version;
  }

  /**
   * A value that changes when code changes that a run's numbers may depend on.
   *
   * @return SHA-256 over the compiled classes, in hexadecimal
   */
  static String code() {
    return Code.HASH;
  }

  /** Read once, when first asked for: a study asks at every run. */
  private static final class Code {
    static final String HASH = hash();
  }

  private static String hash() {
    try {
      Path place =
          Path.of(Review.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, byte[]> entry :
          (Files.isDirectory(place) ? fromFolder(place) : fromJar(place)).entrySet()) {
        digest.update(entry.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(entry.getValue());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the kit's own classes cannot be read", e);
    }
  }

  private static Map<String, byte[]> fromFolder(Path folder) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (counts(name)) {
          classes.put(name, Files.readAllBytes(file));
        }
      }
    }
    return classes;
  }

  private static Map<String, byte[]> fromJar(Path file) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : jar.stream().filter(e -> counts(e.getName())).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          classes.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return classes;
  }

  private static boolean counts(String name) {
    return name.endsWith(".class")
        && ROOMS.stream().anyMatch(room -> name.startsWith("explainrec/" + room + "/"));
  }
}
