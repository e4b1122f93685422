package dev.porchlight.http;

import dev.porchlight.http.NettyMemory.NettyBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is thrown while a batch is sent, nothing of it is left for the next task, in which a descriptor may belong to somebody
 * else. Seen to fail, each in its test, when only exceptions are caught; when the batch is emptied after it is sent and not
 * before; when an event loop that takes no task leaves those behind who wait for it.
 */
class SendBatchTest {
  private final FakeLoop loop = new FakeLoop();
  private final FakeSends sends = new FakeSends();
  private final SendBatch batch = new SendBatch(loop, sends);
  private final List<FakeSender> senders = new ArrayList<>();

  static Stream<Throwable> causes() {
    return Stream.of(new IllegalStateException("a fault of ours"), new InternalError("no memory"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aCallThatFailsEndsAllWhoWereInItAndLeavesNothingBehind(Throwable cause) {
    add(3);
    sends.inSend = cause;

    batch.flush();

    assertThat(senders).allSatisfy(sender -> {
      assertThat(sender.failures).containsExactly(cause);
      assertThat(sender.told).isZero();
      assertThat(sender.isBlockFree()).isTrue();
    });
    assertThat(sends.isClosed).isTrue();
  }

  /** What comes later goes to the sockets of later, and by the calls that stand in for the ring. */
  @Test
  void afterACallThatFailedOthersAreServedAlone() {
    add(2);
    sends.inSend = new InternalError("no memory");
    batch.flush();

    try (var pair = new SocketPair()) {
      var late = new FakeSender();
      batch.add(late, pair.near(), late.block, 0, 4);
      batch.flush();

      assertThat(pair.received()).isEqualTo("data");
      assertThat(late.taken).isEqualTo(4);
      assertThat(late.failures).isEmpty();
    }
    assertThat(sends.sockets).containsExactly(0, 1);
    assertThat(senders).allMatch(sender -> sender.failures.size() == 1);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aSenderThatFailsWhenItIsToldEndsAlone(Throwable cause) {
    add(3);
    senders.get(1).inSent = cause;

    batch.flush();
    batch.flush();

    assertThat(senders).extracting(sender -> sender.told).containsExactly(1, 1, 1);
    assertThat(senders).extracting(sender -> sender.failures.size()).containsExactly(0, 1, 0);
    assertThat(sends.sockets).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aSenderThatCannotEvenEndDisturbsNobody(Throwable cause) {
    add(3);
    senders.get(0).inSent = cause;
    senders.get(0).inFailed = cause;

    batch.flush();
    batch.flush();

    assertThat(senders).extracting(sender -> sender.told).containsExactly(1, 1, 1);
    assertThat(sends.sockets).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aSenderThatFailsWhenItGoesOnEndsAloneAndTheOthersAreSentInTheSameTask(Throwable cause) {
    add(3, 1);
    batch.flush();
    senders.get(1).inGoOn = cause;

    loop.runOne();

    assertThat(senders).extracting(sender -> sender.told).containsExactly(2, 1, 2);
    assertThat(senders).extracting(sender -> sender.failures.size()).containsExactly(0, 1, 0);
    assertThat(loop.tasks).isEmpty();
    add(1);
    batch.flush();
    assertThat(senders.getLast().told).as("a flush is no longer put off").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void whoWaitsForALoopThatTakesNoTaskIsEndedAndWhoComesLaterIsNotForgotten(Throwable cause) {
    add(2, 1);
    loop.inExecute = cause;
    batch.flush();
    assertThat(senders).allMatch(sender -> sender.failures.equals(List.of(cause)));

    add(1, 1);
    batch.flush();
    loop.runOne();

    assertThat(senders.getLast().told).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void whoStillWaitsWhenTheLoopTakesNoTaskAnyMoreIsEndedToo(Throwable cause) {
    add(2, 5);
    batch.flush();
    loop.inExecute = cause;

    loop.runOne();

    assertThat(senders).allMatch(sender -> sender.failures.equals(List.of(cause)));
    assertThat(sends.sockets).hasSize(4);
  }

  /** Fairness: between two tasks of others there are never more sends than fit into one batch, however many have more to send. */
  @Test
  void othersHaveTheirTurnAfterEachBatchHoweverManyAreBehind() {
    add(1_000, 3);
    batch.flush();
    int seen = sends.sockets.size();
    int turns = 0;

    while (!loop.tasks.isEmpty()) {
      loop.runOne();
      turns++;
      assertThat(sends.sockets.size() - seen).isLessThanOrEqualTo(SendBatch.CAPACITY);
      seen = sends.sockets.size();
    }

    assertThat(seen).isEqualTo(4_000);
    assertThat(turns).isGreaterThanOrEqualTo(3_000 / SendBatch.CAPACITY);
  }

  private void add(int count) {
    add(count, 0);
  }

  private void add(int count, int more) {
    for (int i = 0; i < count; i++) {
      var sender = new FakeSender();
      sender.more = more;
      batch.add(sender, senders.size(), sender.block, 0, 4);
      senders.add(sender);
    }
  }

  private static void raise(@Nullable Throwable cause) {
    switch (cause) {
      case null -> {
        // Nothing fails.
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalArgumentException(cause);
    }
  }

  /** Takes everything, and fails once when it is told to. */
  private static final class FakeSends implements Sends {
    private final List<Integer> sockets = new ArrayList<>();
    private final List<Integer> put = new ArrayList<>();
    private @Nullable Throwable inSend;
    private boolean isClosed;

    @Override
    public void put(int index, int socket, long address, int length) {
      assertThat(index).isEqualTo(put.size());
      put.add(socket);
    }

    @Override
    public void send(int count, int[] results) {
      assertThat(count).isEqualTo(put.size());
      sockets.addAll(put);
      put.clear();
      raise(inSend);
      for (int i = 0; i < count; i++) {
        results[i] = 4;
      }
    }

    @Override
    public boolean isBroken() {
      return false;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private static final class FakeLoop implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Throwable inExecute;

    @Override
    public void execute(Runnable task) {
      Throwable cause = inExecute;
      inExecute = null;
      raise(cause);
      tasks.add(task);
    }

    void runOne() {
      tasks.remove().run();
    }
  }

  /** A connection with so much more to send. */
  private final class FakeSender implements SendBatch.Sender {
    private final List<Throwable> failures = new ArrayList<>();
    private NettyBlock block = block();
    private int told;
    private int taken;
    private int more;
    private @Nullable Throwable inSent;
    private @Nullable Throwable inGoOn;
    private @Nullable Throwable inFailed;

    @Override
    public boolean sent(NettyBlock handed, int from, int to, int count) {
      assertThat(handed).isSameAs(block);
      handed.release();
      told++;
      taken += count;
      raise(inSent);
      return more > 0;
    }

    @Override
    public void goOn() {
      raise(inGoOn);
      more--;
      block = block();
      batch.add(this, senders.indexOf(this), block, 0, 4);
      batch.flush();
    }

    @Override
    public void failed(Throwable cause) {
      failures.add(cause);
      raise(inFailed);
    }

    boolean isBlockFree() {
      return !block.retain();
    }

    private static NettyBlock block() {
      var made = (NettyBlock) new NettyMemory().allocate(4);
      made.bytes().put(0, new byte[]{'d', 'a', 't', 'a'});
      return made;
    }
  }
}
