package dev.porchlight.store.jdbc;

import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * The tables as this Porchlight wants them.
 *
 * @param version   of the last migration; said here too, since asking Flyway would cost every start what only the first
 *                  one after an update needs
 * @param locations where the migrations are
 */
record Schema(int version, List<String> locations) {
  static final Schema CURRENT = new Schema(7, List.of("classpath:db/migration"));

  /**
   * Brings a database to this schema. Foreign keys are off meanwhile, since a table that others refer to can only be
   * changed by making it anew, and they cannot be turned off within the transaction; a migration that does so looks for
   * broken references at its end.
   */
  void migrate(Path file) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(Sources.migrating(file))
        .locations(locations.toArray(String[]::new))
        .failOnMissingLocations(true)
        .placeholderReplacement(false)
        .loggers("slf4j")
        .load()
        .migrate();
  }
}
