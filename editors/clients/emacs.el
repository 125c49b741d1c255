;;; emacs.el --- The language server with Emacs and Eglot  -*- lexical-binding: t; -*-

;;; Commentary:

;; Run by run.sh.  $EDITORS is editors/, $WORK a copy of the workspace, and etamil is
;; on PATH.

;;; Code:

(add-to-list 'load-path (expand-file-name "emacs" (getenv "EDITORS")))
(require 'etamil-mode)
(require 'eglot)
(require 'flymake)

(defun check (what ok &optional got)
  "Fail with WHAT and GOT unless OK."
  (unless ok
    (message "emacs: %s: %S" what got)
    (kill-emacs 1)))

(defun await (what condition)
  "Wait until CONDITION holds, which WHAT tells of."
  (let ((end (time-add nil 60)))
    (while (and (not (funcall condition)) (time-less-p nil end))
      (accept-process-output nil 0.05))
    (check what (funcall condition) (buffer-string))))

(defun face-of (line word)
  "The colour of WORD in a program of one LINE."
  (with-temp-buffer
    (insert line)
    (etamil-mode)
    (font-lock-ensure)
    (goto-char (point-min))
    (search-forward word)
    (get-text-property (match-beginning 0) 'face)))

(dolist (case '(("(அ > 1) எனில் { }" "எனில்" font-lock-keyword-face)
                ("(1) eZil { }" "eZil" font-lock-keyword-face)
                ("எனில்லா = 1;" "எனில்லா" nil)
                ("அஎனில் = 1;" "எனில்" nil)
                ("செயல் f(எண் அ) எண் { }" "எண்" font-lock-type-face)
                ("செயல் கூட்டு_(எண் அ) { }" "கூட்டு_" font-lock-function-name-face)
                ("அச்சு நீளம்(\"அ\");" "நீளம்" font-lock-builtin-face)
                ("நீளம் = 5;" "நீளம்" nil)
                ("முயல் { }" "முயல்" font-lock-keyword-face)
                ("முயல் = 1;" "முயல்" nil)
                ("அச்சு \"𝒳 எனில்\";" "எனில்" font-lock-string-face)
                ("// 👍🏽 எனில்" "எனில்" font-lock-comment-face)))
  (let ((face (face-of (nth 0 case) (nth 1 case))))
    (check (format "colour of %s in %s" (nth 1 case) (nth 0 case)) (eq face (nth 2 case)) face)))

(let ((program "செயல் f(எண் அ) எண் {\n    (அ > 1) எனில் {\n        அச்சு \"{\";\n    }\n    அச்சு [\n        1\n    ];\n}\nஅச்சு 1;\n"))
  (with-temp-buffer
    (insert (replace-regexp-in-string "^ +" "" program))
    (etamil-mode)
    (indent-region (point-min) (point-max))
    (check "indentation" (equal (buffer-string) program) (buffer-string))))

(find-file (expand-file-name "main.qmz" (getenv "WORK")))
(check "mode" (eq major-mode 'etamil-mode) major-mode)
(setq eglot-sync-connect 60
      eglot-autoshutdown nil
      jrpc-default-request-timeout 60) ; 10 seconds are few on a machine that is busy
(apply #'eglot (eglot--guess-contact))
(check "connects" (eglot-managed-p))
(flymake-mode 1)

;; A fault behind a letter of two UTF-16 units is found at its word, and goes with its cure.
(defun errors ()
  "What the server finds wrong in this buffer."
  (seq-filter (lambda (d) (eq (flymake-diagnostic-type d) 'eglot-error)) (flymake-diagnostics)))
(goto-char (point-max))
(insert "அச்சு \"𝒳👍🏽\"; எண் தவறானது = \"சொல்\";\n")
(eglot--signal-textDocument/didChange)
(await "finds the fault" (lambda () (flymake-start) (= (length (errors)) 1)))
(let ((fault (car (errors))))
  (check "place of the fault"
         (equal (buffer-substring-no-properties (flymake-diagnostic-beg fault) (flymake-diagnostic-end fault)) "தவறானது")
         fault))
(goto-char (point-max))
(search-backward "\"சொல்\"")
(replace-match "7" t t)
(eglot--signal-textDocument/didChange)
(await "sees the cure" (lambda () (flymake-start) (null (errors))))

(defun at (text)
  "Go to the first letter of TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun ask (method)
  "Ask the server METHOD about this place."
  (jsonrpc-request (eglot-current-server) method (eglot--TextDocumentPositionParams)))

(at "இரட்டி(சேமிப்பு")
(let ((hover (ask :textDocument/hover)))
  (check "hover" (string-match-p "twice a number" (format "%s" hover)) hover))
(let ((place (ask :textDocument/definition)))
  (check "definition" (string-match-p ":line 3" (format "%s" place)) place))

(goto-char (point-max))
(insert "அச்சு \"𝒳\"; sey")
(eglot--signal-textDocument/didChange)
(let* ((capf (eglot-completion-at-point))
       (candidates (all-completions "" (nth 2 capf))))
  (check "where sey begins" (equal (buffer-substring-no-properties (nth 0 capf) (nth 1 capf)) "sey") capf)
  (check "completion of sey" (seq-find (lambda (c) (string-match-p "செயல்" c)) candidates) candidates))
(delete-region (line-beginning-position) (point-max))

;; The server lays out the text that we have.
(insert "அச்சு   \"க்ஷ 👍🏽\"  ;\n")
(goto-char (point-min))
(insert "// ஸ்ரீ 𑿀\n")
(eglot--signal-textDocument/didChange)
(let ((want (with-temp-buffer
              (let ((buffer (current-buffer))
                    (coding-system-for-read 'utf-8)
                    (coding-system-for-write 'utf-8))
                (with-current-buffer (find-buffer-visiting (expand-file-name "main.qmz" (getenv "WORK")))
                  (check "etamil fmt" (eq 0 (call-process-region nil nil "etamil" nil buffer nil "fmt" "-"))))
                (buffer-string)))))
  (eglot-format-buffer)
  (check "layout" (equal (buffer-substring-no-properties (point-min) (point-max)) want) (buffer-string)))

(let ((server (eglot-current-server)))
  (eglot-shutdown server)
  (check "leaves" (not (jsonrpc-running-p server))))
(set-buffer-modified-p nil)
(kill-emacs 0)
;;; emacs.el ends here
