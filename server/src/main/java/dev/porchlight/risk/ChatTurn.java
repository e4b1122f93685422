package dev.porchlight.risk;

import dev.porchlight.risk.ShotChoice.ChosenShot;
import java.util.List;

/**
 * Something that is said in a conversation.
 *
 * @param role     {@code system}, {@code user} or {@code assistant}
 * @param pictures that go along
 */
record ChatTurn(String role, String text, List<ChosenShot> pictures) {
  ChatTurn {
    pictures = List.copyOf(pictures);
  }

  ChatTurn(String role, String text) {
    this(role, text, List.of());
  }

  ChatTurn withoutPictures() {
    return new ChatTurn(role, text);
  }

  /** For the owner to look at: pictures are only named. */
  String shown() {
    var shown = new StringBuilder(role).append(":\n").append(text);
    for (ChosenShot picture : pictures) {
      shown.append("\n[picture of detection ")
          .append(picture.detection().id())
          .append(", ")
          .append(picture.shot().jpeg().length / 1024)
          .append(" KiB]");
    }
    return shown.toString();
  }
}
