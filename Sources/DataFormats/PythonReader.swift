/// How a Python program with NumPy reads a data set of some format.
package struct PythonReader: Sendable {
    /// The variable that holds the data set's path in the expressions below: `folder`, or `file`.
    package let variable: String
    /// What the path names, as the end of a sentence that begins with the variable.
    package let meaning: String
    /// Modules that the functions take beside NumPy: of Python's own library, or of Pillow.
    package let modules: [String]
    /// Functions that the expressions call, without blank lines around them.
    package let functions: String
    /// All training images as bytes, (count, rows, columns) or (count, rows, columns, channels).
    package let trainImages: String
    /// The classes of the training images, (count).
    package let trainLabels: String
    /// All test images, likewise.
    package let testImages: String
    /// The classes of the test images, (count).
    package let testLabels: String

    package init(
        variable: String, meaning: String, modules: [String], functions: String, trainImages: String,
        trainLabels: String, testImages: String, testLabels: String
    ) {
        (self.variable, self.meaning) = (variable, meaning)
        (self.modules, self.functions) = (modules, functions)
        (self.trainImages, self.trainLabels) = (trainImages, trainLabels)
        (self.testImages, self.testLabels) = (testImages, testLabels)
    }

    /// The same in capitals: the program's argument, and the constant that takes its place.
    package var constant: String { variable.uppercased() }
}
