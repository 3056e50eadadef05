/**
 * Words and sentences: short explanations taken from reviews, vocabularies, and encoders that turn
 * texts into vectors.
 */
package explainrec.text;
