/** The kit command's Java side. */
package explainrec.cli;
