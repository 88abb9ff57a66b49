/// Values as Python source.
enum PythonText {
    /// The fewest digits that give the same number.
    static func number(_ value: Double) -> String { "\(value)" }

    static func boolean(_ value: Bool) -> String { value ? "True" : "False" }

    static func list(_ entries: [String]) -> String { "[\(entries.joined(separator: ", "))]" }

    /// In double quotes; characters beyond printable ASCII are escaped.
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case " "..."~": result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return result + "\""
    }
}

/// A call such as `layers.Dense(200, activation="tanh")`.
struct PythonCall: Equatable {
    /// With its module: `layers.Dense`.
    let function: String
    private(set) var arguments: [String]

    init(_ function: String, _ arguments: [String] = []) {
        self.function = function
        self.arguments = arguments
    }

    /// The call with one more argument, by its keyword.
    func with(_ keyword: String, _ value: String) -> PythonCall {
        var call = self
        call.arguments.append("\(keyword)=\(value)")
        return call
    }

    func with(_ keyword: String, _ value: Double) -> PythonCall { with(keyword, PythonText.number(value)) }

    var text: String { "\(function)(\(arguments.joined(separator: ", ")))" }
}
