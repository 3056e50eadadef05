package explainrec.data;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param attempts how often a cut or refused connection is tried in all
 * @param pause wait before the second attempt; doubled for each one after it
 * @param patience longest wait for an answer, or for the next byte
 */
record FetchSettings(int attempts, Duration pause, Duration patience) {
  /** Five attempts, waiting 2, 4, 8 and 16 seconds; a minute for an answer. */
  static final FetchSettings DEFAULT =
      new FetchSettings(5, Duration.ofSeconds(2), Duration.ofSeconds(60));
}
