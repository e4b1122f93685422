package dev.porchlight.engine;

/**
 * Passes on to a listener, and lets nothing out that it throws: whoever tells it something is in the middle of serving somebody.
 * What it throws goes to the thread's handler of uncaught exceptions. Thread-safe when the listener is.
 */
final class ReportingListener implements EngineListener {
  private final EngineListener listener;

  ReportingListener(EngineListener listener) {
    this.listener = listener;
  }

  @Override
  public void published(int bytes) {
    try {
      listener.published(bytes);
    } catch (Throwable e) {
      report(e);
    }
  }

  @Override
  public void woken() {
    try {
      listener.woken();
    } catch (Throwable e) {
      report(e);
    }
  }

  @Override
  public void written(int frames) {
    try {
      listener.written(frames);
    } catch (Throwable e) {
      report(e);
    }
  }

  @Override
  public void failed(Sink sink, Throwable cause) {
    try {
      listener.failed(sink, cause);
    } catch (Throwable e) {
      report(e);
    }
  }

  @Override
  public void fellBehind(Sink sink, SlowRule rule) {
    try {
      listener.fellBehind(sink, rule);
    } catch (Throwable e) {
      report(e);
    }
  }

  private static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }
}
