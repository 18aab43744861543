import '../styles/workbench.css';
console.log(1);
