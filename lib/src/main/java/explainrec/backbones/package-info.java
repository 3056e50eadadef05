/** The generators that MMI fine-tunes, and the baselines that every model is judged by. */
package explainrec.backbones;
