package explainrec.run;

import ai.djl.engine.Engine;
import explainrec.data.Review;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Which code made a number. */
public final class Versions {
  /** Each room's code, read once, when first asked for: a study asks at every run. */
  private static final class Code {
    static final Map<String, byte[]> CLASSES = classes();
  }

  private static final String CLASS = ".class";

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
   * A value that changes when code changes that a number may depend on.
   *
   * @param rooms the packages below explainrec that it may depend on
   * @return SHA-256 over their compiled classes, in hexadecimal
   */
  static String code(String... rooms) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Code.CLASSES.forEach(
          (name, bytes) -> {
            if (Arrays.stream(rooms)
                .anyMatch(room -> name.startsWith("explainrec/" + room + "/"))) {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              digest.update(bytes);
            }
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> classes() {
    try {
      Path place =
          Path.of(Review.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isDirectory(place) ? fromFolder(place) : fromJar(place);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the kit's own classes cannot be read", e);
    }
  }

  private static Map<String, byte[]> fromFolder(Path folder) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (name.endsWith(CLASS)) {
          classes.put(name, Files.readAllBytes(file));
        }
      }
    }
    return classes;
  }

  private static Map<String, byte[]> fromJar(Path file) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith(CLASS)).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          classes.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return classes;
  }
}
