/**
 * Words and sentences: the vocabulary of a language model of the kit's own, and encoders that turn
 * texts into vectors.
 */
package explainrec.text;
