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
    for line in passwordFile.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(
        separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
      if fields.count > 3, fields[2].elementsEqual(wanted), !fields[0].isEmpty {
        return Text(validating: fields[0])
      }
    }
    return nil
  }
}
