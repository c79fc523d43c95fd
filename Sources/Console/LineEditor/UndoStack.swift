/// Earlier states of the line, for Ctrl-_.
///
/// Characters typed one after another are one step, until a space ends the word.
package struct UndoStack {
  private static let most = 1000
  private var steps: [EditBuffer] = []
  private var latest = EditBuffer()
  private var latestWasTyped = false

  package init() {}

  /// Takes the line as it is now.
  package mutating func note(_ buffer: EditBuffer) {
    guard buffer.scalars != latest.scalars else {
      latest.cursor = buffer.cursor
      return
    }
    let isTyped =
      buffer.scalars.count == latest.scalars.count + 1 && buffer.cursor == latest.cursor + 1
      && buffer.scalars[latest.cursor] != " " && buffer.scalars[latest.cursor] != "\n"
    if !(isTyped && latestWasTyped) { steps.append(latest) }
    if steps.count > UndoStack.most { steps.removeFirst() }
    latestWasTyped = isTyped
    latest = buffer
  }

  /// The state before the last step; nil at the start.
  package mutating func undo() -> EditBuffer? {
    guard let step = steps.popLast() else { return nil }
    latest = step
    latestWasTyped = false
    return step
  }
}
