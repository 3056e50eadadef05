/** Texts as numbers: files of encoders, token vectors and sentence vectors. */
package explainrec.text;
