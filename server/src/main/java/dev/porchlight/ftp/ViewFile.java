package dev.porchlight.ftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.ftpserver.ftplet.FtpFile;

/**
 * A line of a listing: a folder, or a file that this session has sent. Nothing can be done with it; what a session may do
 * to files is in commands of our own.
 *
 * @param size     bytes; 0 for a folder
 * @param sentAt   milliseconds since 1970
 * @param children what to list when it is a folder
 */
record ViewFile(RemotePath path, boolean isFolder, boolean exists, long size, long sentAt, List<ViewFile> children)
    implements
      FtpFile {
  @Override
  public String getAbsolutePath() {
    return path.toString();
  }

  @Override
  public String getName() {
    return path.isRoot() ? "/" : path.name();
  }

  @Override
  public boolean isHidden() {
    return false;
  }

  @Override
  public boolean isDirectory() {
    return isFolder;
  }

  @Override
  public boolean isFile() {
    return !isFolder && exists;
  }

  @Override
  public boolean doesExist() {
    return exists;
  }

  @Override
  public boolean isReadable() {
    return isFolder;
  }

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public boolean isRemovable() {
    return false;
  }

  @Override
  public String getOwnerName() {
    return "camera";
  }

  @Override
  public String getGroupName() {
    return "camera";
  }

  @Override
  public int getLinkCount() {
    return 1;
  }

  @Override
  public long getLastModified() {
    return sentAt;
  }

  @Override
  public boolean setLastModified(long time) {
    return false;
  }

  @Override
  public long getSize() {
    return size;
  }

  @Override
  public Object getPhysicalFile() {
    throw new UnsupportedOperationException("there is no way from a listing to the disk");
  }

  @Override
  public boolean mkdir() {
    return false;
  }

  @Override
  public boolean delete() {
    return false;
  }

  @Override
  public boolean move(FtpFile destination) {
    return false;
  }

  @Override
  public List<ViewFile> listFiles() {
    return children;
  }

  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    throw new IOException("uploads do not go through listings");
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    throw new IOException("nothing is given out");
  }
}
