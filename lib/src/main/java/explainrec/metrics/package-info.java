/** Numbers from predictions, and the statistics around them. */
package explainrec.metrics;
