package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Review;
import explainrec.data.ReviewSource;
import explainrec.data.Scale;
import explainrec.data.World;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a process elsewhere has to be told to open a session like this one. The files that it needs
 * beside, the prepared data above all, are a {@link Shipment}.
 *
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param generated whether the data are the generated world, whose truth some numbers need
 * @param source what the reviews' source says of itself
 * @param seed the session's
 * @param device {@code cpu} or {@code gpu}, chosen
 * @param settings every setting by name; a folder among them as {@link Shipment#given} has it
 */
public record SessionCopy(
    String profile,
    boolean generated,
    Card source,
    long seed,
    String device,
    Map<String, String> settings) {

  /**
   * A source without its reviews.
   *
   * @param name of the data set
   * @param aspects names
   * @param overallScale of the overall rating
   * @param aspectScales one for each aspect
   * @param fingerprint of the source's bytes
   */
  public record Card(
      String name,
      List<String> aspects,
      Scale overallScale,
      List<Scale> aspectScales,
      String fingerprint)
      implements ReviewSource {
    @Override
    public void read(Consumer<Review> sink) {
      throw new InputException(
          name + ": the prepared data did not arrive whole; start the command again");
    }
  }

  /**
   * Describes a session.
   *
   * @param session which
   * @param prepared its data
   * @param shipment what goes with it
   * @return the copy
   */
  public static SessionCopy of(Session session, Prepared prepared, Shipment shipment) {
    ReviewSource source = session.source();
    Map<String, String> settings = new LinkedHashMap<>();
    session.settings().values().forEach((key, value) -> settings.put(key, String.valueOf(value)));
    return new SessionCopy(
        session.profile(),
        source instanceof World,
        new Card(
            source.name(),
            source.aspects(),
            source.overallScale(),
            source.aspectScales(),
            prepared.fingerprint()),
        session.seed(),
        session.chooseDevice().isGpu() ? "gpu" : "cpu",
        shipment.given(settings));
  }

  /**
   * Opens the session.
   *
   * @param home where the shipment was unpacked
   * @param results where results go
   * @return the session
   */
  public Session open(Path home, Path results) {
    KitSettings all = KitSettings.of(profile, source.name(), Shipment.found(settings, home));
    ReviewSource reviews = generated ? new World(all.world()) : source;
    return new Session(home, results, profile, reviews, seed, device, all);
  }
}
