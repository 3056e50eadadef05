/** Tables, charts and the papers' numbers; made from result files, never from models. */
package explainrec.report;
