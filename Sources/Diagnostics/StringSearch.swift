// The little that is needed of Swift's string processing, whose regular expressions would be a tenth
// of the executable. It works by scalars: a quote with a combining mark behind it is still a quote.
extension String {
  /// The same with each occurrence of a scalar replaced.
  package func replacing(scalar: Unicode.Scalar, by replacement: String) -> String {
    var result = ""
    for each in unicodeScalars {
      if each == scalar { result += replacement } else { result.unicodeScalars.append(each) }
    }
    return result
  }

  /// Where the bytes of another string are first; that string is not empty.
  package func place(of other: String) -> Range<String.Index>? {
    let (bytes, wanted) = (utf8.span, other.utf8.span)
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return nil }
    for start in 0...bytes.count - wanted.count {
      var length = 0
      while length < wanted.count, bytes[start + length] == wanted[length] { length += 1 }
      guard length == wanted.count else { continue }
      let lower = utf8.index(startIndex, offsetBy: start)
      return lower..<utf8.index(lower, offsetBy: length)
    }
    return nil
  }

  /// Whether the bytes of another string are somewhere in it.
  package func holds(_ other: String) -> Bool { other.isEmpty || place(of: other) != nil }
}
