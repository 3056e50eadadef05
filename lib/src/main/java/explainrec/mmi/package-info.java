/** Paper 2: the estimate of mutual information, the rewards, and the policy gradient. */
package explainrec.mmi;
