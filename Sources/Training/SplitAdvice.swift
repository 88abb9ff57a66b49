import Specs

/// What helps where the rows held out differ from the rest in their classes.
package enum SplitAdvice {
    /// In words that end a warning.
    package static func words(_ training: TrainingConfiguration) -> String {
        switch training.split {
        case .last: "the last rows of the file are held out: split=stratified holds out some of each class"
        case .shuffled: "they are drawn by chance: split=stratified holds out some of each class"
        // Each class has its share already: there are too few rows of one.
        case .stratified: "a greater val holds out more of each class"
        }
    }
}
