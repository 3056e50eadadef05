/** An experiment: settings, seed, folder, checkpoint, progress, and the one JSON file it leaves. */
package explainrec.run;
