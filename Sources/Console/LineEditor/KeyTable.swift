/// The keys that are the editor's own, in one table.
enum KeyTable {
  /// What terminals send for keys that have no character, without the leading escape.
  ///
  /// They are recognised before libedit sees them, so that they mean the same with vi keys, where a
  /// lone escape means something too.
  static let sequences: [(keys: String, action: EditAction)] = [
    ("[A", .up), ("OA", .up), ("[B", .down), ("OB", .down),
    ("[C", .right), ("OC", .right), ("[D", .left), ("OD", .left),
    ("[H", .lineStart), ("OH", .lineStart), ("[1~", .lineStart), ("[7~", .lineStart),
    ("[F", .lineEnd), ("OF", .lineEnd), ("[4~", .lineEnd), ("[8~", .lineEnd),
    ("[3~", .deleteForwards), ("[Z", .completeBackwards), ("[200~", .paste),
    ("[1;3C", .takeWord), ("[1;9C", .takeWord), ("[1;5C", .takeWord), ("\r", .newLine),
    ("\n", .newLine),
  ]

  /// Keys of the main map, with emacs and with vi keys alike.
  static let keys: [(key: Unicode.Scalar, action: EditAction)] = [
    ("\r", .enter), ("\n", .enter), ("\t", .complete), ("\u{4}", .deleteOrLeave),
    ("\u{8}", .deleteBackwards), ("\u{7F}", .deleteBackwards), ("\u{E}", .down), ("\u{10}", .up),
    ("\u{C}", .clearScreen), ("\u{12}", .search), ("\u{1F}", .undo),
  ]

  /// Keys of the main map that only emacs has.
  static let emacsKeys: [(key: String, action: EditAction)] = [
    ("\u{6}", .right), ("\u{2}", .left), ("\u{5}", .lineEnd), ("\u{1}", .lineStart),
    ("\u{7}", .cancel), ("\u{1B}f", .takeWord),
  ]

  /// Keys of vi's command map.
  static let commandKeys: [(key: Unicode.Scalar, action: EditAction)] = [
    ("\r", .enter), ("\n", .enter), ("j", .down), ("k", .up), ("-", .up), ("+", .down),
    ("/", .search), ("?", .search), ("\u{12}", .search), ("\u{C}", .clearScreen),
    ("\u{4}", .deleteOrLeave), ("\u{E}", .down), ("\u{10}", .up),
  ]
}

extension EditAction {
  /// The character, which no key of a terminal sends, that stands for the action towards libedit.
  var privateKey: Unicode.Scalar { Unicode.Scalar(UInt8(0x80 + rawValue)) }
}
