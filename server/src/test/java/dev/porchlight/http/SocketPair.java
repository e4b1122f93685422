package dev.porchlight.http;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** Two sockets that are connected with each other, as the kernel knows them. */
@SuppressWarnings("restricted") // the kernel's own numbers for sockets are to be had from C alone
final class SocketPair implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int MSG_DONTWAIT = 0x40;

  private static final MethodHandle SOCKETPAIR = handle("socketpair", FunctionDescriptor.of(ValueLayout.JAVA_INT,
      ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  private static final MethodHandle RECV = handle("recv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

  private final int near;
  private final int far;
  private boolean isFarClosed;

  SocketPair() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      if ((int) SOCKETPAIR.invokeExact(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        throw new AssertionError("no sockets");
      }
      near = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
      far = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The end to send to. */
  int near() {
    return near;
  }

  /** What has come to the other end; empty when there is nothing. */
  String received() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(1 << 16);
      long count = (long) RECV.invokeExact(far, bytes, bytes.byteSize(), MSG_DONTWAIT);
      return new String(bytes.asSlice(0, Math.max(0, count)).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  void closeFar() {
    Libc.close(far);
    isFarClosed = true;
  }

  @Override
  public void close() {
    Libc.close(near);
    if (!isFarClosed) {
      Libc.close(far);
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name), type);
  }
}
