package dev.porchlight.http;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of Linux's C library that sending takes. Each gives -1 when it fails. */
// Restricted: Java cannot check what they do.
@SuppressWarnings("restricted")
final class Libc {
  /** Flags of a send: {@code MSG_DONTWAIT | MSG_NOSIGNAL}. */
  static final long NEVER_WAIT = 0x4040;

  /** What {@link #mmap} gives when it fails. */
  static final long MAP_FAILED = -1;

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_POPULATE = 0x8001;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MethodHandle SYSCALL = handle("syscall",
      FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG), Linker.Option.firstVariadicArg(1));
  private static final MethodHandle SEND = handle("send", FunctionDescriptor.of(LONG, INT, LONG, LONG, INT));
  private static final MethodHandle MMAP = handle("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
  private static final MethodHandle MUNMAP = handle("munmap", FunctionDescriptor.of(INT, LONG, LONG));
  private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));

  private Libc() {}

  /** {@code syscall(2)} of up to four arguments; the others are 0. */
  static long syscall(long number, long a, long b, long c, long d) {
    try {
      return (long) SYSCALL.invokeExact(number, a, b, c, d, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** {@code send(2)} that never waits. */
  static long send(int socket, long address, long length) {
    try {
      return (long) SEND.invokeExact(socket, address, length, (int) NEVER_WAIT);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** {@code mmap(2)} of memory shared with the kernel, to be read and written. */
  static long mmap(long bytes, int file, long offset) {
    try {
      return (long) MMAP.invokeExact(0L, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, file, offset);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** {@code munmap(2)}. */
  static void munmap(long address, long bytes) {
    try {
      int _ = (int) MUNMAP.invokeExact(address, bytes);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** {@code close(2)}. */
  static void close(int file) {
    try {
      int _ = (int) CLOSE.invokeExact(file);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  /** A function of C throws nothing. */
  private static AssertionError broken(Throwable cause) {
    return new AssertionError("a call into the C library has thrown", cause);
  }
}
