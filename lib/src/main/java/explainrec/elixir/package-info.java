/** Paper 1, ELIXIR (arXiv 2508.20312): the rating module, its attention and its ablations. */
package explainrec.elixir;
