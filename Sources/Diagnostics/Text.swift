/// UTF-8 text that equals only the same bytes.
///
/// Swift's own strings are equal when they are canonically equivalent, so two subaccounts whose
/// names differ only by Unicode normalization would merge. Names, ids and values are `Text`.
package struct Text: Sendable {
  /// The same text as a Swift string: for printing and for scalar-by-scalar work, not for comparing.
  package let string: String

  package init(_ string: String) {
    var native = string
    native.makeContiguousUTF8()
    self.string = native
  }

  package init(_ substring: Substring) {
    self.init(String(substring))
  }

  /// The bytes, in order.
  package var utf8: String.UTF8View { string.utf8 }

  /// The length in bytes.
  package var count: Int { string.utf8.count }

  package var isEmpty: Bool { string.isEmpty }

  /// The bytes as an array: for heaps and journals.
  package var bytes: [UInt8] { Array(string.utf8) }
}

extension Text {
  /// The text that these bytes encode, or nil where they are not valid UTF-8.
  package init?(validating bytes: some Sequence<UInt8>) {
    guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
    self.string = string
  }
}

// What is neither generic nor made part of another room is a tenth of the work.
extension Text {
  /// The text that these bytes encode, or nil where they are not valid UTF-8.
  package init?(validating bytes: [UInt8]) { self.init(validating: bytes.span) }

  /// The text that these bytes encode, or nil where they are not valid UTF-8.
  package init?(validating bytes: ArraySlice<UInt8>) { self.init(validating: bytes.span) }

  /// The text that these bytes encode, or nil where they are not valid UTF-8.
  package init?(validating bytes: Span<UInt8>) {
    guard let valid = try? UTF8Span(validating: bytes) else { return nil }
    string = String(copying: valid)
  }
}

extension Text: Equatable {
  package static func == (left: Text, right: Text) -> Bool {
    // Canonical equivalence is the quick test; only equivalent texts are compared byte by byte.
    left.string == right.string && left.string.utf8.elementsEqual(right.string.utf8)
  }
}

extension Text: Hashable {
  package func hash(into hasher: inout Hasher) {
    // Equal bytes are canonically equivalent, so the string's own hash serves.
    hasher.combine(string)
  }
}

extension Text: Comparable {
  /// Orders by Unicode scalar value, which in UTF-8 is the order of the bytes.
  package static func < (left: Text, right: Text) -> Bool {
    let (left, right) = (left.string.utf8.span, right.string.utf8.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }
}

extension Text: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

extension Text: CustomStringConvertible {
  package var description: String { string }
}
