package import Diagnostics

/// Who runs the program, as far as the operating system tells.
///
/// A static executable can't load the modules that look names up on the network, so the password file
/// is read as it is; where it does not know the user, the number is the name.
package struct Person: Equatable, Sendable {
  /// For the record: what nobody can choose.
  package let user: Text
  /// Who acts, unless `--actor` says otherwise.
  package let actor: Text

  package init(
    number: UInt32, passwordFile: [UInt8], loginName: Text?, userVariable: Text?
  ) {
    let known = Person.name(of: number, in: passwordFile)
    let claimed = [loginName, userVariable].compactMap { $0 }.first { !$0.isEmpty }
    user = known ?? Text("uid \(number)")
    actor = known ?? claimed ?? user
  }

  /// Lines are `name:password:number:…`.
  private static func name(of number: UInt32, in passwordFile: [UInt8]) -> Text? {
    let wanted = Array(String(number).utf8)
    var lineStart = 0
    while lineStart < passwordFile.count {
      var colons: [Int] = []
      var end = lineStart
      while end < passwordFile.count, passwordFile[end] != UInt8(ascii: "\n") {
        if passwordFile[end] == UInt8(ascii: ":"), colons.count < 3 { colons.append(end) }
        end += 1
      }
      if colons.count == 3, colons[0] > lineStart,
        passwordFile[(colons[1] + 1)..<colons[2]].elementsEqual(wanted)
      {
        return Text(validating: passwordFile[lineStart..<colons[0]])
      }
      lineStart = end + 1
    }
    return nil
  }
}
