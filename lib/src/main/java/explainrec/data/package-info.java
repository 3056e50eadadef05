/** Reviews: readers, filters, splits, the leak audit, the generated world. */
package explainrec.data;
