/** Runs and reviews as tasks of Apache Spark; compiled and needed only with {@code --spark}. */
package explainrec.spark;
