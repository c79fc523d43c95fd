import CSystem

extension Array {
  /// Makes room for so many elements, of which most will be there soon.
  ///
  /// A long array gets large pages: the kernel has to find and clear a page for each 4 KiB otherwise.
  package mutating func reserveLarge(_ count: Int) {
    guard count > capacity else { return }
    reserveCapacity(count)
    unsafe withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      unsafe permql_expect_large(start, count * MemoryLayout<Element>.stride)
    }
  }
}
