package explainrec.run;

import java.util.EnumSet;
import java.util.Set;

/**
 * What stands in the folder of a planned run, before anything is computed.
 *
 * @param kind what it is
 * @param differs in what the run that lies there differs from the planned one
 * @param words says it, for messages; empty where there is nothing to say
 */
public record RunState(Kind kind, Set<Part> differs, String words) {
  /** Code and device change numbers little and settings, data and profile much. */
  private static final Set<Part> KEEPABLE = EnumSet.of(Part.CODE, Part.DEVICE);

  /** What a folder holds. */
  public enum Kind {
    /** Nothing. */
    MISSING,
    /** A run that was stopped: it goes on from its last epoch. */
    STARTED,
    /** The planned run, whole. */
    FINISHED,
    /** A result without the folder {@code checkpoint}, as in a fresh clone: made elsewhere. */
    ELSEWHERE,
    /** A run of the same name made from something else. */
    DIFFERENT,
    /** The planned run, but its {@code run.json} has been changed since. */
    EDITED,
    /** A run that is not whole. */
    BROKEN
  }

  /** What a run is made from. */
  public enum Part {
    /** {@code smoke}, {@code quick} or {@code paper}. */
    PROFILE("profile"),
    /** Settings that its numbers depend on. */
    SETTINGS("settings"),
    /** The split, or the explanations. */
    DATA("data"),
    /** The language model. */
    WEIGHTS("language model"),
    /** Processor or graphics card, and threads. */
    DEVICE("device"),
    /** The kit's own classes. */
    CODE("code");

    private final String word;

    Part(String word) {
      this.word = word;
    }

    /** The part in words. */
    public String word() {
      return word;
    }
  }

  /** Copies the parts. */
  public RunState {
    differs = Set.copyOf(differs);
  }

  static RunState of(Kind kind, String words) {
    return new RunState(kind, Set.of(), words);
  }

  /** Whether a run has to be made here, with nothing in its way. */
  public boolean toMake() {
    return kind == Kind.MISSING || kind == Kind.STARTED;
  }

  /** Whether something else stands where the run belongs. */
  public boolean inTheWay() {
    return !toMake() && kind != Kind.FINISHED;
  }

  /** Whether what stands there may be taken on request: all but code and device is the same. */
  public boolean keepable() {
    return (kind == Kind.ELSEWHERE || kind == Kind.DIFFERENT) && KEEPABLE.containsAll(differs);
  }
}
