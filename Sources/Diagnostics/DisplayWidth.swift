/// How many columns text takes in a terminal.
///
/// The C library's own answer depends on the machine's locales, which a static executable may lack,
/// and knows no grapheme clusters; so this is a table and a rule.
package enum DisplayWidth {
  /// The columns of a text that has been escaped for a terminal.
  package static func of(_ text: String) -> Int {
    var width = 0
    var isPlain = true
    for byte in text.utf8 {
      if byte >= 0x80 || byte < 0x20 || byte == 0x7F {
        isPlain = false
        break
      }
      width += 1
    }
    return isPlain ? width : text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one grapheme cluster.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let base = scalars.first else { return 0 }
    if columns(base) == 2 { return 2 }
    // A sign that is text by itself becomes a picture by a selector; two letters become a flag.
    if base.properties.isEmoji, scalars.contains("\u{FE0F}") { return 2 }
    if (0x1F1E6...0x1F1FF).contains(base.value), scalars.count > 1 { return 2 }
    // A skin tone belongs to a hand; behind a letter it is a picture of its own.
    if base.properties.isEmojiModifierBase { return scalars.count > 1 ? 2 : 1 }
    return scalars.reduce(0) { $0 + columns($1) }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isControl || scalar.isInvisible || scalar.isBidiControl { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return 0
    default:
      if WideScalars.contains(scalar) { return 2 }
      return (0x1160...0x11FF).contains(scalar.value) ? 0 : 1
    }
  }
}
