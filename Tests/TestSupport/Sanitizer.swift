import Foundation

/// What clang's sanitizers, where the tests are built with one of them, make impossible.
package enum Sanitizer {
    /// Whether AddressSanitizer or ThreadSanitizer is in this program, and so in the program that it tests.
    package static let isOn = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
    /// Both reserve terabytes of addresses for what they know of each byte.
    package static let takesAddresses = "a sanitizer takes more addresses than any limit leaves"
}
