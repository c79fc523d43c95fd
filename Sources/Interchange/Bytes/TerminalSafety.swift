/// Which scalars a terminal would act on, or a person could not see.
package enum TerminalSafety {
  /// Control characters, DEL, C1, marks that turn the direction of text, and what has no width.
  package static func isHarmful(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F...0x9F: true
    // Soft hyphen, Arabic letter mark, fillers, vowel separator.
    case 0xAD, 0x34F, 0x600...0x605, 0x61C, 0x6DD, 0x70F, 0x115F, 0x1160, 0x17B4, 0x17B5: true
    case 0x180B...0x180F: true
    // Zero width, direction marks, line and paragraph separators, embeddings and overrides.
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB: true
    case 0x110BD, 0x110CD, 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A: true
    // Tags and other invisible format characters.
    case 0xE0000...0xE0FFF: true
    default: false
    }
  }
}
