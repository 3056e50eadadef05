/** The few layers that several models share, and the one training loop. */
package explainrec.nn;
