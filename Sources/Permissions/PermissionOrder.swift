import Diagnostics

/// Permissions in the order of a text that each has; those that share one are in their own order.
///
/// Every start makes two of them, for which dictionaries would take a third of all instructions.
struct PermissionOrder: Sendable {
  private var texts: [Text] = []
  private var numbers: [PermissionNumber] = []

  /// Adds a permission behind those that have the same text.
  mutating func add(_ number: PermissionNumber, as text: Text) {
    let place = partition { !(text < $0) }
    texts.insert(text, at: place)
    numbers.insert(number, at: place)
  }

  /// The permissions that have a text.
  subscript(text: Text) -> ArraySlice<PermissionNumber> {
    numbers[partition { $0 < text }..<partition { !(text < $0) }]
  }

  /// How many texts come first, for which a test is true.
  private func partition(_ isBefore: (Text) -> Bool) -> Int {
    var low = 0
    var high = texts.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(texts[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
