package explainrec.run;

import explainrec.data.Prepared;
import explainrec.data.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A world of 300 reviews, and studies written to files. */
final class TinyStudy {
  private TinyStudy() {}

  static Session session(Path home, Path results, String... changes) {
    return session("smoke", home, results, changes);
  }

  static Session session(String profile, Path home, Path results, String... changes) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("worldUsers", "40");
    overrides.put("worldItems", "20");
    overrides.put("worldReviews", "300");
    if (profile.equals("smoke")) {
      overrides.put("width", "6");
      overrides.put("maxEpochs", "2");
    }
    for (int n = 0; n < changes.length; n += 2) {
      overrides.put(changes[n], changes[n + 1]);
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("EXPLAINREC_HOME", home.toString());
    environment.put("EXPLAINREC_PROFILE", profile);
    environment.put("EXPLAINREC_RESULTS", results.toString());
    environment.put("EXPLAINREC_SEED", "3");
    environment.put("EXPLAINREC_DEVICE", "cpu");
    return Session.open(overrides, environment);
  }

  static Prepared prepare(Session session) {
    return session.prepare(Progress.SILENT);
  }

  static Path write(Path folder, String yaml) throws IOException {
    return Files.writeString(folder.resolve("mine.yaml"), yaml);
  }
}
