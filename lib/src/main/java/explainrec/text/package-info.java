/** Words and pieces of words: the vocabulary that a language model of the kit's own reads. */
package explainrec.text;
