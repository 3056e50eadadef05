package explainrec.data;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Lets one process, and in it one thread, at a time make what belongs into a folder: two notebooks
 * that need the same model would otherwise both train it, and write over each other's files. The
 * system takes a lock back from a process that dies. Lock files are empty, lie in the system's
 * folder for temporary files, and are not deleted, since somebody may be waiting for one.
 */
public final class FolderLock {
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private FolderLock() {}

  /**
   * Waits until nobody else holds the folder's lock, and works while holding it. A thread that
   * holds it may ask for it again. Where the file system has no locks, only this process's threads
   * wait for each other.
   *
   * @param folder need not exist
   * @param lines hear once when there is another process to wait for
   * @param work to be done
   * @return what it gives
   * @throws InputException when the lock's file cannot be written, or the thread is interrupted
   */
  public static <T> T holding(Path folder, Consumer<String> lines, Supplier<T> work) {
    Path file = file(folder);
    ReentrantLock thread = THREADS.computeIfAbsent(file, key -> new ReentrantLock());
    thread.lock();
    FileChannel channel = null;
    try {
      if (thread.getHoldCount() == 1) {
        channel = open(file);
        lock(channel, () -> lines.accept("waiting for " + folder.getFileName() + ", being made"));
      }
      return work.get();
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted while waiting for " + folder, e);
    } finally {
      close(channel);
      thread.unlock();
    }
  }

  private static FileChannel open(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written; change the rights of its folder", e);
    }
  }

  private static void lock(FileChannel channel, Runnable waits) throws ClosedByInterruptException {
    try {
      if (channel.tryLock() == null) {
        waits.run();
        channel.lock();
      }
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // A file system without locks: better to go on than to refuse.
    }
  }

  private static Path file(Path folder) {
    String name = DigestUtils.sha256Hex(folder.toAbsolutePath().normalize().toString());
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "explainrec-locks-" + System.getProperty("user.name"),
        name.substring(0, 24));
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written; the lock goes with the process at the latest.
    }
  }
}
