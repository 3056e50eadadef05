package explainrec.data;

/**
 * A part of a text that says something: a feature's name, a phrase that carries a polarity, or the
 * verdict.
 *
 * @param from its first character
 * @param to the character after its last
 * @param mention number of the statement in {@link WorldContent#mentions}; {@link
 *     WorldReading#VERDICT} for the verdict
 * @param feature whether it is a feature's name
 */
public record WorldSpan(int from, int to, int mention, boolean feature) {}
