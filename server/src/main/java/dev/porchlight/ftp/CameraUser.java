package dev.porchlight.ftp;

import java.util.List;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.User;
import org.jspecify.annotations.Nullable;

/** A camera that is logged in. What it may do does not lie here but in the commands that there are. */
record CameraUser(String cameraId, int idleSeconds) implements User {
  @Override
  public String getName() {
    return cameraId;
  }

  @Override
  public @Nullable String getPassword() {
    return null;
  }

  @Override
  public List<? extends Authority> getAuthorities() {
    return List.of();
  }

  @Override
  public List<? extends Authority> getAuthorities(Class<? extends Authority> type) {
    return List.of();
  }

  @Override
  public @Nullable AuthorizationRequest authorize(AuthorizationRequest request) {
    return null;
  }

  @Override
  public int getMaxIdleTime() {
    return idleSeconds;
  }

  @Override
  public boolean getEnabled() {
    return true;
  }

  @Override
  public String getHomeDirectory() {
    return "/";
  }
}
