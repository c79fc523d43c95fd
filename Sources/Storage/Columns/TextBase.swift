import Diagnostics

/// Texts of a file, which never change, and their order.
///
/// Nothing that is read is believed: what makes no sense is an empty text, and the file is condemned.
final class TextBase: Sendable {
  enum Content: Sendable {
    case heap(TextHeap)
    case numbered(NumberedTexts)
  }

  let content: Content
  let order: TextOrder
  let count: Int

  /// - Throws: where there are not as many groups, or places in order, as the texts need.
  init(_ content: Content, order: TextOrder, count: Int) throws(Damage) {
    guard order.places.count == count else { throw Damage("text order") }
    self.content = content
    self.order = order
    self.count = count
  }

  /// Says that the texts make no sense, though their checksums are right.
  func condemn() { order.fences.condemn() }

  @inline(__always)
  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    switch content {
    case .heap(let heap): heap.withBytes(of: index, body)
    case .numbered(let texts): texts.withBytes(of: index, body)
    }
  }
}
