package dev.porchlight.ftp;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.util.random.RandomGenerator;

/** Makes passwords and their hashes. Thread-safe. */
final class Passwords {
  /** Letters and digits that nobody takes for one another, and that no firmware refuses. */
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  /** 128.3 bits: guessing is hopeless whatever the hash costs, and many cameras take no more than 31 characters. */
  private static final int LENGTH = 22;
  /** About 30 ms on one small core: what is left to defend against is a stolen database, and its passwords are random. */
  private static final BcryptFunction HASH = BcryptFunction.getInstance(Bcrypt.B, 8);
  /** More than bcrypt reads; longer ones are wrong whatever they begin with. */
  private static final int LONGEST = 64;

  private final RandomGenerator random;

  /** Makes a maker; {@code random} must not be predictable. */
  Passwords(RandomGenerator random) {
    this.random = random;
  }

  String next() {
    var password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  static String hash(String password) {
    return HASH.hash(password).getResult();
  }

  /** Whether a password is the one of a hash; costs what hashing costs. */
  static boolean isRight(String password, String hash) {
    return password.length() <= LONGEST && BcryptFunction.getInstanceFromHash(hash).check(password, hash);
  }
}
