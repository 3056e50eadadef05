/** The language model: T5 (Raffel et al. 2020) on arrays, its tokenizer and its generation. */
package explainrec.t5;
