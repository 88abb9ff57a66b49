extension PythonReader {
    /// A program's function `read_dataset` that reads all at once, and keeps it.
    ///
    /// - Parameters:
    ///   - functions: that `body` calls.
    ///   - body: lines that give `x_train` and `y_train`, and `x_test` and `y_test` where there is a test part: images of
    ///     three axes, and classes from 0.
    ///   - hasTest: whether there is a test part.
    ///   - isScaled: whether values become bytes by `PixelScale`.
    ///   - afterScaling: a function that the images of each part go through then; nil for none.
    static func dataset(
        _ variable: String, meaning: String, modules: [String], functions: [String], body: [String], hasTest: Bool,
        isScaled: Bool, afterScaling: String? = nil, options: DatasetOptions
    ) -> PythonReader {
        var (functions, body) = (functions, body)
        if isScaled {
            functions.append(PixelScale.python(options))
            body.append(hasTest ? "x_train, x_test = as_bytes(x_train, x_test)" : "x_train, = as_bytes(x_train)")
        }
        if let afterScaling {
            for part in hasTest ? ["train", "test"] : ["train"] {
                body.append("x_\(part) = \(afterScaling)(x_\(part))")
            }
        }
        if !hasTest {
            let holdout = TestHoldout(options)
            if !functions.contains(SplitMix64.python) { functions.append(SplitMix64.python) }
            functions.append(TestHoldout.python)
            body += [
                "test = held_out(y_train, \(holdout.share), \(holdout.seed))",
                "x_test, y_test = x_train[test], y_train[test]",
                "x_train, y_train = x_train[~test], y_train[~test]",
            ]
        }
        let lines = body.flatMap { $0.split(separator: "\n") }.map { "    \($0)" }.joined(separator: "\n")
        functions.append(
            """
            @functools.cache
            def read_dataset(\(variable)):
                \"\"\"Images and labels to train on, then those to test with: bytes, and classes from 0.\"\"\"
            \(lines)
                return x_train, y_train, x_test, y_test
            """)
        return PythonReader(
            variable: variable, meaning: meaning, modules: ["functools"] + modules,
            functions: functions.joined(separator: "\n\n\n"), trainImages: "read_dataset(\(variable))[0]",
            trainLabels: "read_dataset(\(variable))[1]", testImages: "read_dataset(\(variable))[2]",
            testLabels: "read_dataset(\(variable))[3]")
    }

    /// A text as Python's source has it.
    package static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
            if (0x20...0x7E).contains(scalar.value) { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return "\"\(escaped.joined())\""
    }
}
