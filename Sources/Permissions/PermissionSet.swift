/// A set of permissions of one catalogue, of any size.
///
/// The first 64 live in one word, so that a statement's set costs no allocation today; what a growing
/// catalogue adds beyond them goes to further words.
package struct PermissionSet: Hashable, Sendable {
  private var first: UInt64 = 0
  /// Words from 64 on, without trailing zeros, so that equal sets are equal values.
  private var others: [UInt64] = []

  package init() {}

  package init(_ permissions: some Sequence<PermissionNumber>) {
    for permission in permissions { insert(permission) }
  }

  /// All permissions of a catalogue that has `count`.
  package init(allOf count: Int) {
    for value in 0..<count { insert(PermissionNumber(value)) }
  }

  /// Takes one bit a permission, in words of 64.
  package init(words: [UInt64]) {
    first = words.first ?? 0
    others = Array(words.dropFirst())
    while others.last == 0 { others.removeLast() }
  }

  package var isEmpty: Bool { first == 0 && others.isEmpty }

  package var count: Int {
    others.reduce(first.nonzeroBitCount) { $0 + $1.nonzeroBitCount }
  }

  package func contains(_ permission: PermissionNumber) -> Bool {
    let bit = UInt64(1) << UInt64(permission.value & 63)
    if permission.value < 64 { return first & bit != 0 }
    let index = permission.value / 64 - 1
    return index < others.count && others[index] & bit != 0
  }

  package mutating func insert(_ permission: PermissionNumber) {
    let bit = UInt64(1) << UInt64(permission.value & 63)
    if permission.value < 64 {
      first |= bit
      return
    }
    let index = permission.value / 64 - 1
    while others.count <= index { others.append(0) }
    others[index] |= bit
  }

  package mutating func remove(_ permission: PermissionNumber) {
    let bit = UInt64(1) << UInt64(permission.value & 63)
    if permission.value < 64 {
      first &= ~bit
      return
    }
    let index = permission.value / 64 - 1
    guard index < others.count else { return }
    others[index] &= ~bit
    while others.last == 0 { others.removeLast() }
  }

  package mutating func formUnion(_ other: PermissionSet) {
    first |= other.first
    while others.count < other.others.count { others.append(0) }
    for (index, word) in other.others.enumerated() { others[index] |= word }
  }

  package mutating func subtract(_ other: PermissionSet) {
    first &= ~other.first
    for (index, word) in other.others.prefix(others.count).enumerated() { others[index] &= ~word }
    while others.last == 0 { others.removeLast() }
  }

  package func union(_ other: PermissionSet) -> PermissionSet {
    var result = self
    result.formUnion(other)
    return result
  }

  package func subtracting(_ other: PermissionSet) -> PermissionSet {
    var result = self
    result.subtract(other)
    return result
  }

  package func isSubset(of other: PermissionSet) -> Bool {
    subtracting(other).isEmpty
  }
}

extension PermissionSet: Sequence {
  /// The members in the catalogue's order.
  package struct Iterator: IteratorProtocol {
    private let set: PermissionSet
    private var word: UInt64
    private var base = 0

    fileprivate init(_ set: PermissionSet) {
      self.set = set
      word = set.first
    }

    package mutating func next() -> PermissionNumber? {
      while word == 0 {
        let index = base / 64
        guard index < set.others.count else { return nil }
        word = set.others[index]
        base += 64
      }
      let bit = word.trailingZeroBitCount
      word &= word - 1
      return PermissionNumber(base + bit)
    }
  }

  package func makeIterator() -> Iterator { Iterator(self) }
}

extension PermissionSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: PermissionNumber...) {
    self.init(elements)
  }
}
