;;; etamil-mode.el --- Major mode for eTamil programs  -*- lexical-binding: t; -*-

;; Author: the eTamil project
;; Version: 0.5.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages
;; URL: https://github.com/etamil-lang/etamil
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Colours, indentation and compilation of .qmz files, and the language server of `etamil lsp' in Eglot:
;;
;;     (add-to-list 'load-path "~/etamil/editors/emacs")
;;     (require 'etamil-mode)
;;     (add-hook 'etamil-mode-hook #'eglot-ensure)

;;; Code:

(require 'etamil-words)

(defgroup etamil nil
  "Programs whose words are Tamil."
  :group 'languages)

(defcustom etamil-command "etamil"
  "The program etamil."
  :type 'string
  :safe #'stringp)

(defcustom etamil-indent-offset 4
  "By how many columns a block is indented."
  :type 'integer
  :safe #'integerp)

(defconst etamil--letter "[:alnum:]_\u0b80-\u0bff"
  "What names are made of: vowel signs have no class of their own in regular expressions.")

(defun etamil--words (words after)
  "Match one of WORDS, alone and before AFTER.
Word boundaries are of no use: Emacs ends a word at some vowel signs."
  (concat "\\(?:^\\|[^" etamil--letter "]\\)" (regexp-opt words t) "\\(?:" after "\\)"))

(defconst etamil--alone (concat "[^" etamil--letter "]\\|$")
  "What follows a word that is reserved.")

(defvar etamil-font-lock-keywords
  (let ((name (concat "\\([" etamil--letter "]+\\)"))
        (called "[ \t]*[({]"))
    (append
     ;; A name after a dot is a name, also where it is reserved.
     `((,(concat "\\.[ \t]*" name) 1 'default t))
     (mapcar (lambda (rule) (list (etamil--words (nth 0 rule) (nth 1 rule)) 1 (nth 2 rule)))
             `((,etamil-words-control ,etamil--alone font-lock-keyword-face)
               (,etamil-words-declaration ,etamil--alone font-lock-keyword-face)
               (,etamil-words-type ,etamil--alone font-lock-type-face)
               (,etamil-words-constant ,etamil--alone font-lock-constant-face)
               (,etamil-words-logical ,etamil--alone font-lock-keyword-face)
               (,etamil-words-command ,etamil--alone font-lock-builtin-face)
               (,etamil-words-self ,etamil--alone font-lock-variable-name-face)
               (,etamil-words-mark "[ \t]*[({;]" font-lock-keyword-face)
               (,etamil-words-function ,called font-lock-builtin-face)
               (,etamil-words-service ,(concat "[ \t]*[({\"]\\|[ \t]+[" etamil--letter "]") font-lock-builtin-face)))
     `((,(concat (regexp-opt '("செயல்" "ceyal" "_fn")) "[ \t]+" name "[ \t]*(") 1 font-lock-function-name-face)
       (,(concat (regexp-opt '("வடிவம்" "vativam" "_shape")) "[ \t]+" name "[ \t]*{") 1 font-lock-type-face))))
  "Colours of eTamil.")

(defvar etamil-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry '(#xb80 . #xbff) "w" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (dolist (operator '(?+ ?- ?* ?& ?= ?< ?> ?! ?? ?%))
      (modify-syntax-entry operator "." table))
    table)
  "Syntax of eTamil.")

(defun etamil-indent-line ()
  "Indent the line by the brackets around it."
  (interactive)
  (let* ((closing (save-excursion (back-to-indentation) (looking-at-p "[])}]")))
         (outer (save-excursion (nth 1 (syntax-ppss (line-beginning-position)))))
         (text (nth 3 (save-excursion (syntax-ppss (line-beginning-position)))))
         (column (if outer
                     (+ (save-excursion (goto-char outer) (current-indentation))
                        (if closing 0 etamil-indent-offset))
                   0))
         (behind (> (current-column) (current-indentation))))
    (unless text ; the lines of a text are the author's
      (if behind
          (save-excursion (indent-line-to column))
        (indent-line-to column)))))

;;;###autoload
(define-derived-mode etamil-mode prog-mode "eTamil"
  "Major mode for eTamil programs."
  (setq-local comment-start "// "
              comment-start-skip "//+[ \t]*"
              comment-end ""
              font-lock-defaults '(etamil-font-lock-keywords)
              indent-line-function #'etamil-indent-line
              indent-tabs-mode nil
              electric-indent-chars (append "})]" electric-indent-chars)
              compile-command (concat etamil-command " check --format short ")))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.qmz\\'" . etamil-mode))

(defun etamil--server (&rest _)
  "The language server for Eglot, wherever `etamil-command' is."
  (list etamil-command "lsp"))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(etamil-mode . etamil--server)))

(provide 'etamil-mode)
;;; etamil-mode.el ends here
