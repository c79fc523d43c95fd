// Texts of rows for output: bytes are copied, no string is made.

extension Table {
  package func appendID(of row: Row, to bytes: inout [UInt8]) {
    ids.appendBytes(of: row.index, to: &bytes)
  }

  package func appendName(of row: Row, to bytes: inout [UInt8]) {
    names.appendBytes(of: row.index, to: &bytes)
  }

  /// Appends the value of a text attribute.
  ///
  /// - Returns: false where it is unset or no text.
  package func appendText(
    of attribute: AttributeNumber, in row: Row, to bytes: inout [UInt8]
  ) -> Bool {
    let column = columns[attribute.value]
    guard column.type == .text, row.index < column.count, column.isSet(row.index) else {
      return false
    }
    column.dictionary.appendBytes(of: Int(column.codes[row.index]), to: &bytes)
    return true
  }
}

extension PatchedTexts {
  func appendBytes(of place: Int, to bytes: inout [UInt8]) {
    if patches.isEmpty || patches[UInt32(place)] == nil {
      base.appendBytes(of: place, to: &bytes)
    } else {
      withBytes(of: place) { for index in $0.indices { bytes.append($0[index]) } }
    }
  }
}
