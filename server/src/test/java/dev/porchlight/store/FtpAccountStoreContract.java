package dev.porchlight.store;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.FtpAccount;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every {@link FtpAccountStore} does. */
abstract class FtpAccountStoreContract {
  abstract Stores stores();

  @Test
  void aCameraHasOneAccountOrNone() {
    stores().cameras().ensure("porch", NOON);
    assertThat(stores().ftpAccounts().find("porch")).isEmpty();

    var first = new FtpAccount("porch", "hash of the first", NOON);
    stores().ftpAccounts().put(first);
    assertThat(stores().ftpAccounts().find("porch")).contains(first);

    var second = new FtpAccount("porch", "hash of the second", NOON.plusSeconds(1));
    stores().ftpAccounts().put(second);
    assertThat(stores().ftpAccounts().find("porch")).contains(second);

    assertThat(stores().ftpAccounts().remove("porch")).isTrue();
    assertThat(stores().ftpAccounts().remove("porch")).isFalse();
    assertThat(stores().ftpAccounts().find("porch")).isEmpty();
  }

  @Test
  void aCameraThatIsNotKnownHasNone() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stores().ftpAccounts().put(new FtpAccount("nobody", "hash", NOON)))
        .withMessageContaining("nobody");
  }

  @Test
  void theAccountOfADeletedCameraIsNoneAndStaysNoneWhenTheCameraIsMadeAnew() {
    stores().cameras().ensure("porch", NOON);
    stores().ftpAccounts().put(new FtpAccount("porch", "hash", NOON.plusSeconds(1)));

    assertThat(stores().cameras().delete("porch", false, NOON.plusSeconds(2))).isTrue();
    assertThat(stores().ftpAccounts().find("porch")).isEmpty();

    assertThat(stores().cameras()
        .create(Camera.made("porch", "Porch", CameraSettings.STANDARD, NOON.plusSeconds(3)))).isTrue();
    assertThat(stores().ftpAccounts().find("porch")).isEmpty();
    stores().ftpAccounts().put(new FtpAccount("porch", "another", NOON.plusSeconds(4)));
    assertThat(stores().ftpAccounts().find("porch")).isPresent();
  }
}
