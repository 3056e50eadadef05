package explainrec.report;

/**
 * How large psi is, for a table that sets sizes side by side.
 *
 * @param psi which, for instance {@code psi paper, eta 50}
 * @param where at whose size, for instance {@code TripAdvisor}
 * @param numbers trained numbers
 */
public record PsiSize(String psi, String where, long numbers) {}
